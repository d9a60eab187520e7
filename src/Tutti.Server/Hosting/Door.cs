using Microsoft.Extensions.Options;
using Tutti.Server.Access.Door;
using Tutti.Server.Api;

namespace Tutti.Server.Hosting;

/// <summary>Puts the door keeper before every endpoint that says what it needs.</summary>
public static class Door
{
    public static void UseDoor(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var keeper = app.Services.GetRequiredService<DoorKeeper>();
        var originIsChecked = app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.CheckOrigin;
        app.Use(async (context, next) =>
        {
            if (await keeper.RefusalAsync(context, originIsChecked) is var (code, message))
            {
                await Problems.Of(code, message).ExecuteAsync(context);
                return;
            }

            await next(context);
        });
    }
}
