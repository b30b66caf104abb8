/** What every test file starts with: expected faults make no lines, and the SDK doesn't talk about Node's age. */
process.env.AWS_LAMBDA_LOG_LEVEL = 'FATAL';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
