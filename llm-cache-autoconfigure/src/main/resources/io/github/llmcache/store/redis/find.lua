-- Look up an entry, with the partition's generation and what was added to its index.
-- KEYS state, entry, additions
-- ARGV lifetime of a new state, sequence that is known (empty: no index), number of additions, prefix of entries
local generation, cleared, epoch = generations(KEYS[1], KEYS[3], ARGV[1])
local added = false
if ARGV[2] ~= '' then
	added = since(KEYS[3], ARGV[2], ARGV[3], ARGV[4])
end
return { generation, epoch, read(KEYS[2], cleared), added }
