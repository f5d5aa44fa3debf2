// The minimum: the time that Node.js needs to start and to respond.
exports.handler = async (event) => event;
