-- Look up an entry, with the partition's generation, what was added to its index, and whether the entry is fresh.
-- KEYS state, entry, additions
-- ARGV lifetime of a new state, sequence that is known (empty: no index), number of additions, prefix of entries
local generation, cleared, epoch = generations(KEYS[1], KEYS[3], ARGV[1])
local added = false
if ARGV[2] ~= '' then
	added = since(KEYS[3], ARGV[2], ARGV[3], ARGV[4])
end
local entry = read(KEYS[2], cleared)
return { generation, epoch, entry, added, entry and fresh(KEYS[2], entry[3]) and 1 or 0 }
