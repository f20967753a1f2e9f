-- Remove what was observed about answers of a scope, and report how much there was.
-- KEYS match records
-- ARGV digest of the scope, 1: count only
local found = 0
for _, added in ipairs(own('XRANGE', KEYS[1], '-', '+')) do
	if added[2][3] == 's' and added[2][4] == ARGV[1] then
		found = found + 1
		if ARGV[2] == '' then
			redis.call('XDEL', KEYS[1], added[1])
		end
	end
end
return { found }
