-- Tell other instances that a scope was erased.
-- KEYS erased
-- ARGV digest of the scope, lifetime
local now = millis()
for _, old in ipairs(own('ZRANGEBYSCORE', KEYS[1], '-inf', whole(now - tonumber(ARGV[2])))) do
	redis.call('ZREM', KEYS[1], old)
end
redis.call('ZADD', KEYS[1], whole(now), ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {}
