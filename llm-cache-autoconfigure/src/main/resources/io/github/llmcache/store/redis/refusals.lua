-- Read the version of what is refused in a partition, and all of it.
-- KEYS refusals
local refused = {}
for _, member in ipairs(own('ZRANGEBYSCORE', KEYS[1], '-inf', '+inf')) do
	if member ~= 'version' then
		refused[#refused + 1] = member
	end
end
return { own('ZSCORE', KEYS[1], 'version') or '0', refused }
