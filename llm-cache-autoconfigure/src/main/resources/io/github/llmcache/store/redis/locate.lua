-- Report which of these entries are there, by their place.
-- KEYS entries
local found = {}
for i = 1, #KEYS do
	if own('HGET', KEYS[i], 'generation') then
		found[#found + 1] = i
	end
end
return { found }
