-- Tell what was added to a partition's index.
-- KEYS state, additions
-- ARGV lifetime of a new state, sequence that is known, number of additions, prefix of entries
local _, _, epoch = generations(KEYS[1], KEYS[2], ARGV[1])
return { epoch, since(KEYS[2], ARGV[2], ARGV[3], ARGV[4]) }
