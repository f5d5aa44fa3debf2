/**
 * Lambda and its runtimes: the function was not loaded, did not end, or its process broke. "Troubleshoot execution issues in Lambda", Lambda developer guide. A
 * `Runtime.HandlerError` is what a handler threw, by runtimes that do not pass its name on.
 */
const OF_LAMBDA = /^(?:Sandbox|Extension|Runtime)\.(?!HandlerError$)/i;

/** Java's own classes, but those that mean nothing in particular. */
const OF_JAVA = /^javax?\.(?!lang\.(?:Runtime)?Exception$)/;

/**
 * Errors of a language, of its network calls, and of AWS's SDKs. A function that refuses throws a plain `Error` or `Exception`, or a class of its own.
 * Sources: ECMA-262, "Native Error Types"; "Built-in Exceptions" of Python; "Common Errors" in AWS's API references; botocore's exceptions.
 */
const NAMES: ReadonlySet<string> = new Set(
  `AggregateError EvalError InternalError RangeError ReferenceError SyntaxError TypeError URIError AbortError

  ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError
  ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError EOFError
  EnvironmentError ExceptionGroup FileExistsError FileNotFoundError FloatingPointError GeneratorExit IOError ImportError
  IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError
  ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError PermissionError
  ProcessLookupError PythonFinalizationError RecursionError RuntimeError StopAsyncIteration StopIteration SystemError
  SystemExit TabError TimeoutError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
  UnicodeTranslateError ValueError ZeroDivisionError

  AccessDenied AccessDeniedException ConditionalCheckFailedException CredentialsProviderError ExpiredToken
  ExpiredTokenException IncompleteSignature IncompleteSignatureException InternalFailure InternalServerError
  InternalServerException InvalidClientTokenId InvalidSignatureException LimitExceededException MalformedHttpRequestException
  MissingAuthenticationTokenException OptInRequired ProvisionedThroughputExceededException RequestExpired
  RequestLimitExceeded ResourceNotFoundException ServiceException ServiceUnavailable ServiceUnavailableException
  ThrottledException ThrottlingException TooManyRequestsException TransactionCanceledException
  TransactionConflictException UnrecognizedClientException ValidationException

  ClientError BotoCoreError ConnectTimeoutError EndpointConnectionError HTTPClientError NoCredentialsError NoRegionError
  ParamValidationError PartialCredentialsError ReadTimeoutError`.split(/\s+/),
);

/** The same by its text: Lambda without a type, botocore's classes that a service names, and any text with an ARN, which no user is to read. */
const TEXTS =
  /Task timed out after \d|^RequestId: \S+ (?:Error|Process exited)|^An error occurred \(\w+\) when calling the \w+ operation|\barn:aws[\w-]*:/;

/** Whether a function that failed did not decide: it broke, or something that it calls did. `type` and `text` are what Lambda says of the failure. */
export function isNoDecision(type: unknown, text: string): boolean {
  return (
    TEXTS.test(text) || (typeof type === "string" && (OF_LAMBDA.test(type) || OF_JAVA.test(type) || NAMES.has(type)))
  );
}
