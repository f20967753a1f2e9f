-- Look up an entry, with the version of what is refused in its partition, and leave no trace.
-- KEYS state, entry, refusals
local generation, cleared = known(KEYS[1])
return { generation and read(KEYS[2], cleared) or false, number(own('ZSCORE', KEYS[3], 'version')) or 0 }
