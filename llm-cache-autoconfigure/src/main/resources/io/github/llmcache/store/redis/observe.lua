-- Add what was observed about a task, and report what was added since: the last position, then match records.
-- KEYS match records
-- ARGV position that is known (empty: none), lifetime, number of match records to keep, match records, each with the digest
--      of its scope (or empty)
for i = 4, #ARGV, 2 do
	local added = { 'o', ARGV[i] }
	if ARGV[i + 1] ~= '' then
		added = { 'o', ARGV[i], 's', ARGV[i + 1] }
	end
	own('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], '*', unpack(added))
end
if #ARGV > 3 then
	redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
local start = '-'
if ARGV[1] ~= '' then
	start = '(' .. ARGV[1]
end
local reply = { ARGV[1] }
for _, added in ipairs(own('XRANGE', KEYS[1], start, '+')) do
	reply[1] = added[1]
	reply[#reply + 1] = added[2][2]
end
return reply
