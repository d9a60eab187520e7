using System.Text.Encodings.Web;
using Tutti.Protocol;
using Tutti.Protocol.Rest;
using Tutti.Server.Access.Door;

namespace Tutti.Server.Api;

/// <summary>Wiring of this folder.</summary>
public static class ApiRegistration
{
    public static IServiceCollection AddTuttiApi(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(static handlers => handlers.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(static http =>
        {
            var json = http.SerializerOptions;
            json.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.TypeInfoResolverChain.Insert(1, AnswerJson.Default);
            json.Converters.Add(new ServerMicrosConverter());
            json.MaxDepth = ProtocolLimits.JsonDepth;
            json.RespectNullableAnnotations = true;
            json.RespectRequiredConstructorParameters = true;
            // Titles in any script stay readable and short; these answers never end up inside HTML.
            json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        services.AddSingleton<Entry>();
        services.AddSingleton<GuestBook>();
        services.AddSingleton<AccountEnd>();
        services.AddHostedService(static provider => provider.GetRequiredService<AccountEnd>());
        services.AddSingleton<Belongings>();
        services.AddOpenApi(static document =>
        {
            document.AddOperationTransformer(Refusals.DescribeAsync);
            document.AddDocumentTransformer(static (description, _, _) =>
            {
                description.Info.Title = "Tutti";
                description.Info.Version = ServerEndpoints.Version;
                description.Info.Description = "Music on every device at the same instant. Times in seconds unless the name says otherwise; errors are "
                    + "problem details with the stable code and name of docs/protocol.md §9.";
                return Task.CompletedTask;
            });
        });
        return services;
    }

    public static void MapTuttiApi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapOpenApi();
        endpoints.MapAuth();
        var api = endpoints.MapGroup("/api").Needs(Need.Visitor)
            .Refuses(ErrorCode.SignInNeeded, ErrorCode.CredentialInvalid, ErrorCode.CredentialExpired, ErrorCode.CredentialRevoked, ErrorCode.GuestElsewhere);
        api.MapRooms();
        var library = api.MapGroup("").ForThoseOfARoom();
        library.MapTracks();
        library.MapCatalog();
        library.MapSearch();
        library.MapPlaylists();
        library.MapScan();
        library.MapUploads();
        api.MapPlayers();
        api.MapServer();
        endpoints.MapMedia();
    }
}
