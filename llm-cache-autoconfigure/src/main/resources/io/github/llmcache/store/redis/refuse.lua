-- Remember what is refused in a partition, and report the new version; or, away from the partition's home, the version only.
-- Registered for as long, so that an erasure finds them.
-- KEYS refusals, partitions of the task, tasks
-- ARGV lifetime, number of refusals to keep, partition, task, version (empty: the next), refusals
register(KEYS[2], ARGV[3], KEYS[3], ARGV[4], ARGV[1])
local version = ARGV[5]
if version == '' then
	version = higher(own('ZSCORE', KEYS[1], 'version'))
end
for i = 6, #ARGV do
	redis.call('ZADD', KEYS[1], version, ARGV[i])
end
own('ZADD', KEYS[1], 'GT', version, 'version')
extend(KEYS[1], ARGV[1])
local surplus = redis.call('ZCARD', KEYS[1]) - 1 - tonumber(ARGV[2])
if surplus > 0 then
	redis.call('ZREM', KEYS[1], unpack(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '+inf', 'LIMIT', 0, surplus)))
end
return { version }
