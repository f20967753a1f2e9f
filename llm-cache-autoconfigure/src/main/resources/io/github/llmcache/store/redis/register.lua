-- Note that a partition may have entries, and forget some that have none any more.
-- KEYS partitions of the task
-- ARGV partition, lifetime, number of old partitions to forget
local now = millis()
own('ZADD', KEYS[1], 'GT', whole(now + tonumber(ARGV[2])), ARGV[1])
local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[3])
if #old > 0 then
	redis.call('ZREM', KEYS[1], unpack(old))
end
return {}
