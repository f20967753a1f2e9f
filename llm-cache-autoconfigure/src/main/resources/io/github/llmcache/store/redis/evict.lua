-- Evict entries that were selected.
-- KEYS expiries, additions, vectors
-- ARGV generation, prefix of entries, digests
local removed = 0
for i = 3, #ARGV do
	local existed = evict(ARGV[2] .. ARGV[i], ARGV[1])
	if existed >= 0 then
		forget(ARGV[i], KEYS[1], KEYS[2], KEYS[3])
		removed = removed + existed
	end
end
return { removed }
