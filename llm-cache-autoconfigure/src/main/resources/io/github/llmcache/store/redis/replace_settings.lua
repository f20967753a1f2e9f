-- Replace the live settings, if they are still the expected ones.
-- KEYS settings
-- ARGV expected settings, settings
if (own('GET', KEYS[1]) or '') ~= ARGV[1] then
	return { 0 }
end
if ARGV[2] == '' then
	redis.call('UNLINK', KEYS[1])
else
	redis.call('SET', KEYS[1], ARGV[2])
end
return { 1 }
