-- Remember what is refused in a partition, and report the new version.
-- KEYS refusals
-- ARGV lifetime, number of refusals to keep, refusals
local version = higher(own('ZSCORE', KEYS[1], 'version'))
for i = 3, #ARGV do
	redis.call('ZADD', KEYS[1], version, ARGV[i])
end
redis.call('ZADD', KEYS[1], version, 'version')
extend(KEYS[1], ARGV[1])
local surplus = redis.call('ZCARD', KEYS[1]) - 1 - tonumber(ARGV[2])
if surplus > 0 then
	redis.call('ZREM', KEYS[1], unpack(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '+inf', 'LIMIT', 0, surplus)))
end
return { version }
