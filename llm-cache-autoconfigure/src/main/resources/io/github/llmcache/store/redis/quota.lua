-- Report how many entries a scope has in a slot, what they take, and those that will be gone first. What is not there any
-- more is not counted.
-- KEYS counted entries, their bytes
-- ARGV number of entries to report, prefix of the slot, 1: look for each entry
for _, member in ipairs(own('ZRANGEBYSCORE', KEYS[1], '-inf', (ARGV[3] == '1') and '+inf' or millis())) do
	local entry = string.match(member, '^%d+ (.*)$')
	if not entry or redis.call('EXISTS', ARGV[2] .. entry) == 0 then
		uncount(KEYS[1], member)
	end
end
local entries = own('ZCARD', KEYS[1])
if entries == 0 then
	redis.call('UNLINK', KEYS[2])
	return { 0, 0, {} }
end
local bytes = number(own('HGET', KEYS[2], 'bytes')) or 0
return { entries, bytes, own('ZRANGEBYSCORE', KEYS[1], '-inf', '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[1]) }
