-- Give a lease back.
-- KEYS lease
-- ARGV owner
local held = own('GET', KEYS[1])
if held and string.match(held, '^(.*) %d+$') == ARGV[1] then
	redis.call('UNLINK', KEYS[1])
end
return {}
