// Read by graphile-worker when it is loaded: without a line of log for each job it is quicker.
process.env.NO_LOG_SUCCESS = '1'

export {}
