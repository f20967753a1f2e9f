-- Note that there is a task.
-- KEYS tasks
-- ARGV task
own('SADD', KEYS[1], ARGV[1])
return {}
