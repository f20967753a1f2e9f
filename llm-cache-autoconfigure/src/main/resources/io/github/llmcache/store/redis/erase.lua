-- Forget a partition whose entries were evicted: what feedback has forbidden, index, state, and that it is registered. What
-- was stored meanwhile stays, with all that finds it.
-- KEYS state, expiries, additions, vectors, refusals, partitions of the task
-- ARGV prefix of entries, partition
local refused = math.max(0, own('ZCARD', KEYS[5]) - 1)
redis.call('UNLINK', KEYS[5])
for _, digest in ipairs(own('ZRANGEBYSCORE', KEYS[2], '-inf', '+inf')) do
	if redis.call('EXISTS', ARGV[1] .. digest) == 1 then
		return { refused }
	end
end
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
own('ZREM', KEYS[6], ARGV[2])
return { refused }
