-- Remove entries of a scope that has more than its quota; returns those that were there.
-- KEYS counted entries
-- ARGV prefix of the slot, counted entries
local removed = {}
for i = 2, #ARGV do
	local size, name = string.match(ARGV[i], '^(%d+) (.*)$')
	local partition, digest = string.match(name or '', '^(.*):e:([^:]*)$')
	-- unless another one was stored in its place
	if partition and own('HGET', ARGV[1] .. name, 'size') == size then
		discard(ARGV[1] .. name)
		forget(digest, ARGV[1] .. partition .. ':x', ARGV[1] .. partition .. ':a', ARGV[1] .. partition .. ':v')
		removed[#removed + 1] = ARGV[i]
	end
	uncount(KEYS[1], ARGV[i])
end
return removed
