-- Add a member to a sorted set by the time at which it is over, in place of others that begin like it, and forget what is
-- over, and of the rest what will be over first if there is too much.
-- KEYS sorted set
-- ARGV member, what members begin with that it replaces, for how long, the most members (empty: any number)
local now = millis()
-- the first to be written is what a full server refuses
own('ZADD', KEYS[1], whole(now + tonumber(ARGV[3])), ARGV[1])
extend(KEYS[1], ARGV[3])
local over = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)
if #over > 0 then
	redis.call('ZREM', KEYS[1], unpack(over, 1, math.min(#over, 1000)))
end
if ARGV[4] == '' then
	return {}
end
local left = {}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')) do
	if member ~= ARGV[1] and string.sub(member, 1, #ARGV[2]) == ARGV[2] then
		redis.call('ZREM', KEYS[1], member)
	else
		left[#left + 1] = member
	end
end
while #left > tonumber(ARGV[4]) do
	redis.call('ZREM', KEYS[1], table.remove(left, 1))
end
return left
