-- Read entries, together with the sequence up to which additions are known to the server.
-- KEYS state
-- ARGV prefix of entries, digests
local state = own('HMGET', KEYS[1], 'cleared', 'sequence')
local found = {}
for i = 2, #ARGV do
	found[#found + 1] = read(ARGV[1] .. ARGV[i], state[1])
end
return { number(state[2]) and state[2] or '0', found }
