-- Read the live settings, the time, and which scopes were erased since then.
-- KEYS settings, erased
-- ARGV time that is known (0: none)
local now = millis()
local erased = {}
if ARGV[1] ~= '0' then
	erased = own('ZRANGEBYSCORE', KEYS[2], ARGV[1], '+inf')
end
return { own('GET', KEYS[1]) or '', whole(now), erased }
