-- Remove the members of a sorted set that begin with a text, and report how many there were.
-- KEYS sorted set
-- ARGV the text
local removed = 0
for _, member in ipairs(own('ZRANGEBYSCORE', KEYS[1], '-inf', '+inf')) do
	if string.sub(member, 1, #ARGV[1]) == ARGV[1] then
		removed = removed + redis.call('ZREM', KEYS[1], member)
	end
end
return { removed }
