-- Have an entry list a wording that is in another shard; returns the generation of the entry, how long it lives, and which
-- wordings it lists no more. Nothing if it is not there.
-- KEYS state, entry
-- ARGV digest of the wording, number of aliases of an entry, prefix of aliases
local generation, cleared = known(KEYS[1])
local fields = own('HMGET', KEYS[2], 'generation', 'aliases')
local left = redis.call('PTTL', KEYS[2])
if not generation or not there(fields[1], cleared) or left <= 0 then
	return {}
end
return { fields[1], whole(left), list(KEYS[2], fields[2], ARGV[1], ARGV[2], ARGV[3]) }
