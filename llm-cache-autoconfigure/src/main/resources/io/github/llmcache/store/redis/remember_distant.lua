-- Remember which entry of another shard a wording was served, unless the wording has an entry of its own by now. Registered for
-- as long, so that an erasure finds it.
-- KEYS state, entry of the wording, alias of the wording, distant aliases, partitions of the task, tasks
-- ARGV digest of the wording, alias, lifetime, partition, task, number of old ones to forget
local generation, cleared = known(KEYS[1])
if generation and there(own('HGET', KEYS[2], 'generation'), cleared) then
	return {}
end
local now = millis()
register(KEYS[5], ARGV[4], KEYS[6], ARGV[5], ARGV[3])
own('ZADD', KEYS[4], whole(now + tonumber(ARGV[3])), ARGV[1])
for _, digest in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', whole(now), 'LIMIT', 0, ARGV[6])) do
	redis.call('ZREM', KEYS[4], digest)
end
extend(KEYS[4], ARGV[3])
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
return {}
