-- List one page of a task's partitions.
-- KEYS partitions of the task
-- ARGV cursor, partitions on a page
local page = own('ZSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
local found = {}
for i = 1, #page[2], 2 do
	found[#found + 1] = page[2][i]
end
return { page[1], found }
