-- List the tasks.
-- KEYS tasks
return own('SMEMBERS', KEYS[1])
