-- Ask for the right to load an answer: 0 somebody else has it, 1 taken or extended, 2 the answer is there.
-- KEYS entry, lease
-- ARGV owner, generation, duration, 1: whoever asks cannot read what is there
local stored = number(own('HGET', KEYS[1], 'generation'))
if ARGV[4] == '' and stored and stored >= tonumber(ARGV[2]) and fresh(KEYS[1], own('HGET', KEYS[1], 'metadata')) then
	return { 2 }
end
local held = own('GET', KEYS[2])
-- one that never ends is nobody's
if held and redis.call('PTTL', KEYS[2]) > 0 then
	local owner, generation = string.match(held, '^(.*) (%d+)$')
	if owner and owner ~= ARGV[1] and tonumber(generation) >= tonumber(ARGV[2]) then
		return { 0 }
	end
end
redis.call('SET', KEYS[2], ARGV[1] .. ' ' .. ARGV[2], 'PX', ARGV[3])
return { 1 }
