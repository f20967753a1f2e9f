-- Report how many partitions a task has, and some of them.
-- KEYS partitions of the task
-- ARGV number of partitions to report
return { own('ZCARD', KEYS[1]), own('ZRANDMEMBER', KEYS[1], ARGV[1]) }
