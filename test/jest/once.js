/** A module of a package that is loaded once for a worker (environment.js). */
module.exports = {
  process: (_text, path) => ({ code: `module.exports = requireOnce(${JSON.stringify(path)});` }),
  getCacheKey: (_text, path) => `once ${path}`,
};
