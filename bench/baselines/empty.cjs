// The floor: what Node.js needs to start and to answer.
exports.handler = async (event) => event;
