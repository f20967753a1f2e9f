-- Report what was added to a partition's index.
-- KEYS state, additions
-- ARGV sequence that is known, number of additions, prefix of entries, bytes of an embedding
local _, _, epoch = known(KEYS[1])
if not epoch then
	return { 0, {} }
end
return { epoch, since(KEYS[2], ARGV[1], ARGV[2], ARGV[3], ARGV[4]) }
