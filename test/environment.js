/** What every test file starts with: expected faults make no lines. */
process.env.AWS_LAMBDA_LOG_LEVEL = 'FATAL';
