-- Remember which entry a wording was served, unless the wording has an entry of its own by now. The entry lists the wordings,
-- the latest first, and forgets the others; returns those.
-- KEYS state, entry of the wording, alias of the wording, entry
-- ARGV digest of the wording, alias, number of aliases of an entry, prefix of aliases
local generation, cleared = known(KEYS[1])
if not generation or there(own('HGET', KEYS[2], 'generation'), cleared) then
	return { {} }
end
local fields = own('HMGET', KEYS[4], 'generation', 'aliases')
local left = redis.call('PTTL', KEYS[4])
if not there(fields[1], cleared) or left <= 0 then
	return { {} }
end
-- the first to be written is what a full server refuses
redis.call('SET', KEYS[3], fields[1] .. ' ' .. ARGV[2], 'PX', left)
return { list(KEYS[4], fields[2], ARGV[1], ARGV[3], ARGV[4]) }
