package dev.selfheal.analysis.classification;

import static dev.selfheal.event.FaultClass.CODE;
import static dev.selfheal.event.FaultClass.CONFIGURATION;
import static dev.selfheal.event.FaultClass.EXTERNAL_DEPENDENCY;
import static dev.selfheal.event.FaultClass.INFRASTRUCTURE;
import static dev.selfheal.event.FaultClass.RESOURCE_EXHAUSTION;
import static dev.selfheal.event.FaultClass.SECURITY;

import dev.selfheal.analysis.classification.Signal.MessageMatches;
import dev.selfheal.analysis.classification.Signal.MessageSays;
import dev.selfheal.analysis.classification.Signal.Shape;
import dev.selfheal.analysis.classification.Signal.ThrownIn;
import dev.selfheal.analysis.classification.Signal.TypeIs;
import dev.selfheal.event.Classification;
import dev.selfheal.event.FaultClass;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Every rule that tells faults in the code from faults around it; the source of docs/classification.md. Weights are
 * judgements, not measurements: outcomes correct them only through the confidence of verdicts. {@code
 * StackOverflowError} is a fault in the code on purpose: endless recursion is mended there.
 */
public final class FaultTaxonomy {

    /** Hardly ever anything else. */
    private static final double DECISIVE = 4;

    private static final double STRONG = 3;
    private static final double FAIR = 2;

    /** Tips the balance between others. */
    private static final double WEAK = 1;

    /** More than a programming error thrown in own code, less than the same with a test that shows it. */
    private static final double WHOLE_SERVICE = 4.5;

    static final List<FaultRule> RULES = List.of(
            // Code
            type(
                    "NULL",
                    CODE,
                    STRONG,
                    "nothing where something was expected",
                    "java.lang.NullPointerException",
                    "System.NullReferenceException",
                    "AttributeError",
                    "builtins.AttributeError"),
            says(
                    "NIL",
                    CODE,
                    STRONG,
                    "nothing where something was expected",
                    "invalid memory address or nil pointer dereference",
                    "Cannot read properties of undefined",
                    "Cannot read properties of null",
                    "'NoneType' object"),
            type(
                    "INDEX",
                    CODE,
                    STRONG,
                    "beyond the end of a sequence",
                    "java.lang.IndexOutOfBoundsException",
                    "java.lang.ArrayIndexOutOfBoundsException",
                    "java.lang.StringIndexOutOfBoundsException",
                    "java.lang.NegativeArraySizeException",
                    "IndexError",
                    "System.IndexOutOfRangeException",
                    "System.ArgumentOutOfRangeException"),
            says(
                    "GO-PANIC",
                    CODE,
                    STRONG,
                    "a panic of the Go runtime",
                    "index out of range [",
                    "slice bounds out of range",
                    "assignment to entry in nil map",
                    "interface conversion: interface",
                    "all goroutines are asleep - deadlock"),
            type(
                    "CAST",
                    CODE,
                    STRONG,
                    "a value of another type than assumed",
                    "java.lang.ClassCastException",
                    "java.lang.ArrayStoreException",
                    "System.InvalidCastException",
                    "TypeError"),
            type(
                    "ARITHMETIC",
                    CODE,
                    STRONG,
                    "arithmetic without an answer",
                    "java.lang.ArithmeticException",
                    "ZeroDivisionError",
                    "System.DivideByZeroException",
                    "System.OverflowException",
                    "OverflowError"),
            type(
                    "MISSING-KEY",
                    CODE,
                    FAIR,
                    "an element that is not there",
                    "java.util.NoSuchElementException",
                    "java.util.InputMismatchException",
                    "KeyError",
                    "StopIteration",
                    "System.Collections.Generic.KeyNotFoundException"),
            type(
                    "FORMAT",
                    CODE,
                    FAIR,
                    "text in another form than assumed",
                    "java.lang.NumberFormatException",
                    "java.time.format.DateTimeParseException",
                    "java.time.DateTimeException",
                    "java.util.IllegalFormatException",
                    "java.util.MissingFormatArgumentException",
                    "java.util.UnknownFormatConversionException",
                    "java.util.regex.PatternSyntaxException",
                    "ValueError",
                    "UnicodeDecodeError",
                    "System.FormatException"),
            type(
                    "RECURSION",
                    CODE,
                    DECISIVE,
                    "endless recursion",
                    "java.lang.StackOverflowError",
                    "RecursionError",
                    "System.StackOverflowException",
                    "System.InsufficientExecutionStackException"),
            says(
                    "RECURSION-JS",
                    CODE,
                    DECISIVE,
                    "endless recursion",
                    "Maximum call stack size exceeded",
                    "goroutine stack exceeds"),
            type(
                    "CONCURRENT",
                    CODE,
                    STRONG,
                    "unguarded sharing between threads",
                    "java.util.ConcurrentModificationException",
                    "java.lang.IllegalMonitorStateException"),
            type(
                    "NAME",
                    CODE,
                    STRONG,
                    "a name that does not exist",
                    "NameError",
                    "UnboundLocalError",
                    "ReferenceError",
                    "java.lang.NoSuchFieldException",
                    "java.lang.NoSuchMethodException"),
            type(
                    "ARGUMENT",
                    CODE,
                    WEAK,
                    "a call against its contract",
                    "java.lang.IllegalArgumentException",
                    "java.lang.IllegalStateException",
                    "java.lang.UnsupportedOperationException",
                    "RangeError",
                    "System.ArgumentException",
                    "System.ArgumentNullException",
                    "System.InvalidOperationException",
                    "System.NotSupportedException",
                    "NotImplementedError",
                    "System.NotImplementedException"),
            type(
                    "ASSERTION",
                    CODE,
                    FAIR,
                    "an assertion of the code's own",
                    "java.lang.AssertionError",
                    "AssertionError"),
            type(
                    "JSON",
                    CODE,
                    WEAK,
                    "data that does not fit the class",
                    "com.fasterxml.jackson.databind.exc.",
                    "com.google.gson.JsonSyntaxException",
                    "System.Text.Json.JsonException",
                    "json.decoder.JSONDecodeError"),
            type(
                    "LAZY",
                    CODE,
                    STRONG,
                    "an entity used outside its session",
                    "org.hibernate.LazyInitializationException",
                    "org.hibernate.NonUniqueObjectException",
                    "org.hibernate.TransientObjectException"),
            type(
                    "SQL-GRAMMAR",
                    CODE,
                    FAIR,
                    "a statement the database cannot read",
                    "org.hibernate.exception.SQLGrammarException",
                    "org.springframework.jdbc.BadSqlGrammarException",
                    "java.sql.SQLSyntaxErrorException"),
            shape(
                    "OWN-FRAME",
                    CODE,
                    WEAK,
                    "thrown by the service's own code",
                    "the frame that threw is the service's own",
                    FaultShapes::ownThrower),
            shape(
                    "NO-OWN-FRAME",
                    CODE,
                    -FAIR,
                    "nothing of the service's own to mend",
                    "there are frames, and none is the service's own",
                    FaultShapes::noOwnFrame),
            shape(
                    "REPRODUCED",
                    CODE,
                    FAIR,
                    "a test is said to show it",
                    "the error carries a reproduction",
                    FaultShapes::reproduced),
            shape(
                    "NEW-AFTER-RELEASE",
                    CODE,
                    WEAK,
                    "a release brought it",
                    "the one new group of its service, within an hour of a release",
                    FaultShapes::newAfterRelease),

            // Configuration
            type(
                    "STARTUP",
                    CONFIGURATION,
                    STRONG,
                    "the service is put together wrongly",
                    "java.util.ServiceConfigurationError",
                    "org.springframework.beans.factory.UnsatisfiedDependencyException",
                    "org.springframework.beans.factory.NoSuchBeanDefinitionException",
                    "org.springframework.boot.context.properties.",
                    "org.springframework.boot.web.server.PortInUseException",
                    "org.apache.kafka.common.config.ConfigException",
                    "com.typesafe.config.ConfigException",
                    "django.core.exceptions.ImproperlyConfigured",
                    "System.Configuration.ConfigurationErrorsException",
                    "Microsoft.Extensions.Options.OptionsValidationException"),
            type(
                    "LINKAGE",
                    CONFIGURATION,
                    STRONG,
                    "the wrong runtime or library",
                    "java.lang.UnsupportedClassVersionError",
                    "java.lang.UnsatisfiedLinkError",
                    "System.DllNotFoundException",
                    "System.BadImageFormatException"),
            type(
                    "CLASSPATH",
                    CONFIGURATION,
                    WEAK,
                    "a library is missing or of another version",
                    "java.lang.ClassNotFoundException",
                    "java.lang.NoClassDefFoundError",
                    "java.lang.NoSuchMethodError",
                    "java.lang.NoSuchFieldError",
                    "ModuleNotFoundError",
                    "ImportError",
                    "System.IO.FileLoadException"),
            type("BIND", CONFIGURATION, STRONG, "an address is taken or not ours", "java.net.BindException"),
            says(
                    "ADDRESS-IN-USE",
                    CONFIGURATION,
                    STRONG,
                    "an address is taken",
                    "address already in use",
                    "EADDRINUSE"),
            matches(
                    "ENVIRONMENT",
                    CONFIGURATION,
                    STRONG,
                    "an environment variable is missing",
                    "(?i)(missing|required|undefined|unset|no) (required )?environment variable|environment variable [^\\s]{1,80} (is |was )?(not set|missing|required|undefined|empty)"),
            matches(
                    "PROPERTY",
                    CONFIGURATION,
                    STRONG,
                    "a setting is missing or unknown",
                    "(?i)could not resolve placeholder|(missing|unknown|invalid) (required )?(configuration|config|setting)|(missing|unknown) (required )?property\\b|no value (given |found )?for (required )?(configuration|property|setting)"),
            says(
                    "CREDENTIALS",
                    CONFIGURATION,
                    STRONG,
                    "credentials that are not accepted",
                    "password authentication failed",
                    "access denied for user",
                    "invalid_client",
                    "invalid api key",
                    "incorrect api key",
                    "NOAUTH",
                    "WRONGPASS",
                    "unable to load credentials",
                    "unable to locate credentials",
                    "security token included in the request is expired"),
            type(
                    "SASL",
                    CONFIGURATION,
                    STRONG,
                    "credentials that are not accepted",
                    "org.apache.kafka.common.errors.SaslAuthenticationException",
                    "org.apache.kafka.common.errors.TopicAuthorizationException",
                    "org.apache.kafka.common.errors.GroupAuthorizationException",
                    "botocore.exceptions.NoCredentialsError"),
            says(
                    "CERTIFICATE",
                    CONFIGURATION,
                    STRONG,
                    "a certificate that is not trusted",
                    "certificate has expired",
                    "CertificateExpiredException",
                    "NotAfter:",
                    "unable to find valid certification path",
                    "self signed certificate",
                    "self-signed certificate",
                    "x509: certificate",
                    "CERTIFICATE_VERIFY_FAILED",
                    "RemoteCertificateNameMismatch"),
            says(
                    "SCHEMA-MISSING",
                    CONFIGURATION,
                    FAIR,
                    "a migration has not run",
                    "no such table",
                    "UNKNOWN_TOPIC_OR_PARTITION",
                    "pending migrations"),

            // Infrastructure
            type(
                    "CONNECT",
                    INFRASTRUCTURE,
                    STRONG,
                    "nobody answers",
                    "java.net.ConnectException",
                    "java.net.NoRouteToHostException",
                    "java.net.PortUnreachableException",
                    "java.rmi.ConnectException",
                    "java.net.http.HttpConnectTimeoutException",
                    "org.apache.http.conn.HttpHostConnectException",
                    "org.apache.http.conn.ConnectTimeoutException",
                    "org.apache.hc.client5.http.HttpHostConnectException",
                    "org.apache.hc.client5.http.ConnectTimeoutException",
                    "io.netty.channel.AbstractChannel$AnnotatedConnectException",
                    "io.netty.channel.ConnectTimeoutException",
                    "ConnectionRefusedError",
                    "requests.exceptions.ConnectionError",
                    "aiohttp.client_exceptions.ClientConnectorError",
                    "System.Net.Sockets.SocketException"),
            says(
                    "REFUSED",
                    INFRASTRUCTURE,
                    STRONG,
                    "nobody answers",
                    "connection refused",
                    "ECONNREFUSED",
                    "no route to host",
                    "network is unreachable",
                    "EHOSTUNREACH",
                    "actively refused"),
            type(
                    "SOCKET",
                    INFRASTRUCTURE,
                    STRONG,
                    "a connection broke",
                    "java.net.SocketException",
                    "java.nio.channels.ClosedChannelException",
                    "java.nio.channels.AsynchronousCloseException",
                    "io.netty.channel.unix.Errors$NativeIoException",
                    "io.netty.handler.codec.PrematureChannelClosureException",
                    "org.apache.http.NoHttpResponseException",
                    "org.apache.hc.core5.http.NoHttpResponseException",
                    "ConnectionResetError",
                    "BrokenPipeError",
                    "ConnectionAbortedError",
                    "*net.OpError"),
            says(
                    "RESET",
                    INFRASTRUCTURE,
                    STRONG,
                    "a connection broke",
                    "connection reset",
                    "ECONNRESET",
                    "broken pipe",
                    "EPIPE",
                    "socket hang up",
                    "unexpected end of stream",
                    "connection closed by peer"),
            type(
                    "TIMEOUT",
                    INFRASTRUCTURE,
                    STRONG,
                    "an answer came too late",
                    "java.net.SocketTimeoutException",
                    "java.util.concurrent.TimeoutException",
                    "java.net.http.HttpTimeoutException",
                    "io.netty.handler.timeout.ReadTimeoutException",
                    "io.netty.handler.timeout.WriteTimeoutException",
                    "java.sql.SQLTimeoutException",
                    "org.apache.kafka.common.errors.TimeoutException",
                    "requests.exceptions.ReadTimeout",
                    "requests.exceptions.ConnectTimeout",
                    "requests.exceptions.Timeout"),
            says(
                    "TIMED-OUT",
                    INFRASTRUCTURE,
                    FAIR,
                    "an answer came too late",
                    "timed out",
                    "ETIMEDOUT",
                    "i/o timeout",
                    "context deadline exceeded",
                    "DEADLINE_EXCEEDED",
                    "timeout expired",
                    "read timeout"),
            type(
                    "DNS",
                    INFRASTRUCTURE,
                    STRONG,
                    "a name is not resolved",
                    "java.net.UnknownHostException",
                    "java.nio.channels.UnresolvedAddressException",
                    "socket.gaierror",
                    "*net.DNSError"),
            says(
                    "NO-SUCH-HOST",
                    INFRASTRUCTURE,
                    STRONG,
                    "a name is not resolved",
                    "no such host",
                    "ENOTFOUND",
                    "EAI_AGAIN",
                    "getaddrinfo",
                    "name or service not known",
                    "temporary failure in name resolution"),
            type(
                    "TLS",
                    INFRASTRUCTURE,
                    STRONG,
                    "no secure connection",
                    "javax.net.ssl.SSLHandshakeException",
                    "javax.net.ssl.SSLPeerUnverifiedException",
                    "javax.net.ssl.SSLException",
                    "ssl.SSLError",
                    "System.Security.Authentication.AuthenticationException"),
            type(
                    "DATABASE-DOWN",
                    INFRASTRUCTURE,
                    STRONG,
                    "the database is away",
                    "java.sql.SQLTransientException",
                    "java.sql.SQLTransientConnectionException",
                    "java.sql.SQLNonTransientConnectionException",
                    "java.sql.SQLRecoverableException",
                    "com.mysql.cj.jdbc.exceptions.CommunicationsException",
                    "org.hibernate.exception.JDBCConnectionException",
                    "org.springframework.jdbc.CannotGetJdbcConnectionException",
                    "org.springframework.dao.DataAccessResourceFailureException",
                    "org.springframework.transaction.CannotCreateTransactionException",
                    "psycopg2.OperationalError",
                    "sqlalchemy.exc.OperationalError",
                    "com.mongodb.MongoSocketException",
                    "com.mongodb.MongoTimeoutException",
                    "redis.clients.jedis.exceptions.JedisConnectionException",
                    "io.lettuce.core.RedisConnectionException",
                    "StackExchange.Redis.RedisConnectionException"),
            says(
                    "DATABASE-STARTING",
                    INFRASTRUCTURE,
                    STRONG,
                    "the database is away",
                    "the database system is starting up",
                    "the database system is shutting down",
                    "terminating connection due to administrator command",
                    "communications link failure",
                    "server closed the connection unexpectedly"),
            type(
                    "BROKER-DOWN",
                    INFRASTRUCTURE,
                    STRONG,
                    "the message broker is away",
                    "org.apache.kafka.common.errors.DisconnectException",
                    "org.apache.kafka.common.errors.NotLeaderOrFollowerException",
                    "org.apache.kafka.common.errors.BrokerNotAvailableException",
                    "org.apache.kafka.common.errors.CoordinatorNotAvailableException",
                    "org.apache.kafka.common.errors.NetworkException",
                    "com.rabbitmq.client.AlreadyClosedException",
                    "pika.exceptions.AMQPConnectionError"),
            shape(
                    "WHOLE-SERVICE",
                    INFRASTRUCTURE,
                    WHOLE_SERVICE,
                    "what all groups share is at fault",
                    "at least four groups of the service threw in one window, the service is RISING or SPIKING, and so are six tenths of the groups",
                    FaultShapes::wholeServiceRises),
            shape(
                    "FLOOD",
                    INFRASTRUCTURE,
                    FAIR,
                    "what all groups share is at fault",
                    "the service is SPIKING, with five new groups or more that are most of it",
                    FaultShapes::floodOfNewGroups),

            // Somebody else's service
            matches(
                    "UPSTREAM-5XX",
                    EXTERNAL_DEPENDENCY,
                    STRONG,
                    "the other side failed",
                    "(?i)\\b(http|http status|response status|response code|upstream returned|server returned|responded with)[\\s:=/]{1,3}5\\d\\d\\b|\\bstatus 5\\d\\d reading\\b|\\b50[0234] (internal server error|bad gateway|service unavailable|service temporarily unavailable|gateway time-?out)"),
            type(
                    "UPSTREAM",
                    EXTERNAL_DEPENDENCY,
                    STRONG,
                    "the other side failed",
                    "org.springframework.web.client.HttpServerErrorException",
                    "org.springframework.web.client.HttpServerErrorException$BadGateway",
                    "org.springframework.web.client.HttpServerErrorException$ServiceUnavailable",
                    "org.springframework.web.client.HttpServerErrorException$InternalServerError",
                    "org.springframework.web.client.HttpServerErrorException$GatewayTimeout",
                    "feign.FeignException$ServiceUnavailable",
                    "feign.FeignException$BadGateway",
                    "feign.FeignException$InternalServerError",
                    "feign.FeignException$GatewayTimeout",
                    "feign.RetryableException",
                    "software.amazon.awssdk.core.exception.SdkServiceException",
                    "com.amazonaws.AmazonServiceException",
                    "botocore.exceptions.EndpointConnectionError"),
            matches(
                    "RATE-LIMIT",
                    EXTERNAL_DEPENDENCY,
                    STRONG,
                    "the other side asks for patience",
                    "(?i)\\b429\\b.{0,40}(too many|rate|quota)|too many requests|rate limit (exceeded|reached)|ThrottlingException|ProvisionedThroughputExceeded|RESOURCE_EXHAUSTED: quota|SlowDown"),
            says(
                    "GRPC-UNAVAILABLE",
                    EXTERNAL_DEPENDENCY,
                    STRONG,
                    "the other side is away",
                    "UNAVAILABLE: ",
                    "code = Unavailable",
                    "StatusCode.UNAVAILABLE"),
            type(
                    "BREAKER",
                    EXTERNAL_DEPENDENCY,
                    STRONG,
                    "a call is held back because others failed",
                    "io.github.resilience4j.circuitbreaker.CallNotPermittedException",
                    "dev.failsafe.CircuitBreakerOpenException",
                    "com.netflix.hystrix.exception.HystrixRuntimeException",
                    "Polly.CircuitBreaker.BrokenCircuitException"),
            thrownIn(
                    "CLIENT",
                    EXTERNAL_DEPENDENCY,
                    WEAK,
                    "thrown by a client library, driver or pool",
                    "com.zaxxer.hikari.",
                    "org.postgresql.",
                    "com.mysql.",
                    "org.mariadb.",
                    "oracle.jdbc.",
                    "com.microsoft.sqlserver.",
                    "org.apache.kafka.clients.",
                    "io.netty.",
                    "reactor.netty.",
                    "okhttp3.",
                    "org.apache.http.",
                    "org.apache.hc.",
                    "jdk.internal.net.http.",
                    "java.net.",
                    "sun.nio.ch.",
                    "sun.net.www.protocol.",
                    "software.amazon.awssdk.",
                    "com.amazonaws.",
                    "io.grpc.",
                    "redis.clients.",
                    "io.lettuce.",
                    "com.mongodb.",
                    "com.rabbitmq.",
                    "feign.",
                    "urllib3.",
                    "requests.",
                    "botocore.",
                    "psycopg2.",
                    "Npgsql.",
                    "System.Net."),

            // Resources
            type(
                    "MEMORY",
                    RESOURCE_EXHAUSTION,
                    STRONG,
                    "memory is used up",
                    "java.lang.OutOfMemoryError",
                    "MemoryError",
                    "System.OutOfMemoryException"),
            says(
                    "MEMORY-SAID",
                    RESOURCE_EXHAUSTION,
                    DECISIVE,
                    "memory or threads are used up",
                    "cannot allocate memory",
                    "unable to create native thread",
                    "unable to create new native thread",
                    "JavaScript heap out of memory",
                    "can't start new thread",
                    "fatal error: out of memory"),
            says(
                    "DISK",
                    RESOURCE_EXHAUSTION,
                    DECISIVE,
                    "the disk is full",
                    "no space left on device",
                    "disk quota exceeded",
                    "ENOSPC",
                    "there is not enough space on the disk"),
            says(
                    "FILES",
                    RESOURCE_EXHAUSTION,
                    DECISIVE,
                    "file handles are used up",
                    "too many open files",
                    "EMFILE",
                    "ENFILE"),
            says(
                    "POOL",
                    RESOURCE_EXHAUSTION,
                    STRONG,
                    "a pool is used up",
                    "connection is not available, request timed out",
                    "timeout waiting for connection from pool",
                    "pool exhausted",
                    "too many clients already",
                    "too many connections",
                    "remaining connection slots are reserved",
                    "QueuePool limit of size"),
            type(
                    "REJECTED",
                    RESOURCE_EXHAUSTION,
                    FAIR,
                    "a queue is full",
                    "java.util.concurrent.RejectedExecutionException",
                    "io.github.resilience4j.bulkhead.BulkheadFullException",
                    "org.apache.kafka.clients.producer.BufferExhaustedException",
                    "org.springframework.core.task.TaskRejectedException"),

            // Security
            type(
                    "DENIED",
                    SECURITY,
                    STRONG,
                    "somebody may not do this",
                    "java.nio.file.AccessDeniedException",
                    "java.security.AccessControlException",
                    "java.lang.SecurityException",
                    "org.springframework.security.access.AccessDeniedException",
                    "org.springframework.security.authorization.AuthorizationDeniedException",
                    "PermissionError",
                    "System.UnauthorizedAccessException",
                    "System.Security.SecurityException"),
            says(
                    "PERMISSION",
                    SECURITY,
                    FAIR,
                    "somebody may not do this",
                    "permission denied",
                    "operation not permitted",
                    "EACCES",
                    "EPERM"),
            type(
                    "AUTHENTICATION",
                    SECURITY,
                    STRONG,
                    "somebody is not who they say",
                    "org.springframework.security.authentication.BadCredentialsException",
                    "org.springframework.security.oauth2.jwt.",
                    "io.jsonwebtoken.",
                    "com.auth0.jwt.exceptions.",
                    "jwt.exceptions."),
            type(
                    "TAMPERED",
                    SECURITY,
                    STRONG,
                    "something was tampered with",
                    "java.security.SignatureException",
                    "javax.crypto.AEADBadTagException",
                    "java.io.InvalidClassException",
                    "org.springframework.security.web.firewall.RequestRejectedException",
                    "org.springframework.security.web.csrf.InvalidCsrfTokenException",
                    "cryptography.fernet.InvalidToken"));

    private FaultTaxonomy() {}

    /** True when a patch may mend such a fault. */
    public static boolean isMendable(Classification classification) {
        return isMendable(classification.getFaultClass());
    }

    static boolean isMendable(FaultClass faultClass) {
        return faultClass == CODE || faultClass == FaultClass.UNKNOWN;
    }

    /** Why healing abstains, in one line: class, confidence and the main signal. */
    public static String describe(Classification classification) {
        String words =
                classification.getFaultClass().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String signal = classification.getReasons().stream().findFirst().orElse("no signal");
        return String.format(Locale.ROOT, "%s (%.2f): %s", words, classification.getConfidence(), signal);
    }

    private static FaultRule type(String id, FaultClass faultClass, double weight, String title, String... names) {
        return rule(id, faultClass, weight, title, new TypeIs(List.of(names)));
    }

    private static FaultRule says(String id, FaultClass faultClass, double weight, String title, String... phrases) {
        return rule(id, faultClass, weight, title, new MessageSays(List.of(phrases)));
    }

    private static FaultRule matches(String id, FaultClass faultClass, double weight, String title, String pattern) {
        return rule(id, faultClass, weight, title, new MessageMatches(Pattern.compile(pattern)));
    }

    private static FaultRule thrownIn(
            String id, FaultClass faultClass, double weight, String title, String... packages) {
        return rule(id, faultClass, weight, title, new ThrownIn(List.of(packages)));
    }

    private static FaultRule shape(
            String id, FaultClass faultClass, double weight, String title, String what, FaultShapes.Finder finder) {
        return rule(id, faultClass, weight, title, new Shape(what, finder::find));
    }

    private static FaultRule rule(String id, FaultClass faultClass, double weight, String title, Signal signal) {
        return new FaultRule("SH-FAULT-" + id, faultClass, weight, signal, title);
    }
}
