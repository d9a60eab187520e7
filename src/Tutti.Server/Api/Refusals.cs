using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Tutti.Protocol;

namespace Tutti.Server.Api;

/// <summary>The numbered errors that an endpoint may answer with; the OpenAPI document lists them by status.</summary>
internal sealed record Refusals(ImmutableArray<ErrorCode> Codes)
{
    /// <summary>Writes the codes into an operation's responses.</summary>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var codes = context.Description.ActionDescriptor.EndpointMetadata.OfType<Refusals>().SelectMany(static refusals => refusals.Codes)
            .Append(ErrorCode.Internal).Distinct().Order();
        operation.Responses ??= [];
        foreach (var group in codes.GroupBy(Problems.StatusOf))
        {
            operation.Responses[group.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join(", ", group.Select(static code => $"{(int)code} {code.Name()}")),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new OpenApiMediaType { Schema = Problem },
                },
            };
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Problem => new()
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457, with the stable number and name of docs/protocol.md §9.",
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What was wrong this time, in words for people." },
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["name"] = new OpenApiSchema { Type = JsonSchemaType.String },
        },
    };
}

internal static class RefusalConventions
{
    /// <summary>Notes which numbered errors an endpoint or group answers with.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params ErrorCode[] codes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Refusals([.. codes]));

    /// <summary>The errors of every endpoint that takes a JSON body.</summary>
    public static TBuilder TakesJson<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.Refuses(ErrorCode.MalformedJson, ErrorCode.InvalidField, ErrorCode.UnsupportedMediaType, ErrorCode.BodyTooLarge);

    /// <summary>The errors of every endpoint that changes something.</summary>
    public static TBuilder Changes<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Refuses(ErrorCode.OriginRefused, ErrorCode.TooManyRequests, ErrorCode.RoomBusy);
}
