using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Tutti.Protocol;

namespace Tutti.Server.Api;

/// <summary>Gives every refusal a number: those of the framework (routing, binding, Kestrel) and what nobody caught.</summary>
public static partial class ProblemPipeline
{
    public static void UseProblems(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var logger = app.Logger;
        app.Use((context, next) => AnswerAsync(context, next, logger));
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            await Refusal(error).ExecuteAsync(context);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is nobody to answer.
            return;
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            var id = Guid.NewGuid().ToString("N")[..12];
            LogInternal(logger, error, id, context.Request.Method, context.Request.Path);
            context.Response.Headers.CacheControl = "no-store";
            await Problems.Of(ErrorCode.Internal, $"The server failed; its log names this {id}.").ExecuteAsync(context);
            return;
        }

        if (BareRefusal(context) is { } refusal)
        {
            await Problems.Of(refusal.Code, refusal.Detail).ExecuteAsync(context);
        }
    }

    private static (ErrorCode Code, string Detail)? BareRefusal(HttpContext context)
    {
        if (context.Response.HasStarted || context.Response.ContentLength is not null || context.Response.ContentType is not null)
        {
            return null;
        }

        return context.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest =>
                (ErrorCode.InvalidField, $"A value in the path or query is of the wrong kind: {context.Request.Path}{context.Request.QueryString}."),
            StatusCodes.Status413PayloadTooLarge => (ErrorCode.BodyTooLarge, "The body is too large."),
            StatusCodes.Status404NotFound => (ErrorCode.RouteNotFound, $"There is nothing at {context.Request.Path}; /openapi/v1.json lists what there is."),
            StatusCodes.Status405MethodNotAllowed =>
                (ErrorCode.MethodNotAllowed, $"{context.Request.Method} is not for {context.Request.Path}; it takes {context.Response.Headers.Allow}."),
            StatusCodes.Status415UnsupportedMediaType => (ErrorCode.UnsupportedMediaType, "The body must be JSON: send Content-Type: application/json."),
            StatusCodes.Status426UpgradeRequired => (ErrorCode.SocketExpected, "This path takes WebSocket connections."),
            _ => null,
        };
    }

    private static ProblemHttpResult Refusal(BadHttpRequestException error) => error switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.Of(ErrorCode.BodyTooLarge, error.Message),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } =>
            Problems.Of(ErrorCode.UnsupportedMediaType, "The body must be JSON: send Content-Type: application/json."),
        // The reader's own complaint stands inside the serializer's: the text is not JSON at all.
        { InnerException: JsonException { InnerException: JsonException } json } => Problems.Of(ErrorCode.MalformedJson, Where(json, "is not JSON")),
        { InnerException: JsonException json } => Problems.Of(ErrorCode.InvalidField, Where(json, "has a value of the wrong kind, or lacks one")),
        _ => Problems.Of(ErrorCode.InvalidField, error.Message),
    };

    private static string Where(JsonException error, string what) =>
        $"{(error.Path is { Length: > 2 } path ? path[2..] : "The body")} {what} (line {error.LineNumber + 1}, byte {error.BytePositionInLine}).";

    [LoggerMessage(Level = LogLevel.Error, Message = "Failure {Id} at {Method} {Path}")]
    private static partial void LogInternal(ILogger logger, Exception error, string id, string method, string path);
}
