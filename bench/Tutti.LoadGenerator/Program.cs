using System.CommandLine;
using System.Net.WebSockets;
using Tutti.Client;
using Tutti.Client.Rooms;
using Tutti.LoadGenerator;
using Tutti.Protocol;

Option<int> sockets = new("--sockets") { Description = "Devices altogether", DefaultValueFactory = _ => 1_000 };
Option<int> roomSize = new("--room-size") { Description = "Devices in each room", DefaultValueFactory = _ => 10 };
Option<double> seconds = new("--seconds") { Description = "How long is measured", DefaultValueFactory = _ => 10 };
Option<int> port = new("--port") { Description = "Port of the server under test", DefaultValueFactory = _ => 4391 };
Option<string> dll = new("--server-dll") { Description = "Tutti.Server.dll, as `./run.sh --build-only` publishes it", Required = true };
RootCommand root = new("Many devices in rooms of their own: what does a state that reaches a device cost the server?") { sockets, roomSize, seconds, port, dll };
root.SetAction((parsed, ct) => RunAsync(
    parsed.GetValue(dll)!, parsed.GetValue(port), Math.Clamp(parsed.GetValue(sockets), 1, 20_000), Math.Clamp(parsed.GetValue(roomSize), 1, 100),
    TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(seconds), 1, 120)), ct));
return await root.Parse(args).InvokeAsync();

static async Task<int> RunAsync(string dll, int port, int sockets, int roomSize, TimeSpan length, CancellationToken ct)
{
    var rooms = (sockets + roomSize - 1) / roomSize;
    await using var server = await MeasuredServer.StartAsync(dll, port, rooms, ct);
    var deliveries = new Deliveries();
    using var client = new TuttiClient(server.Address, new TuttiClientOptions { ConnectSocket = ConnectAsync });
    var bare = server.Memory;
    var time = TimeProvider.System;
    var began = time.GetTimestamp();
    var devices = new RoomConnection[sockets];
    var codes = new string[rooms];
    await Parallel.ForAsync(0, rooms, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = ct }, async (room, cancel) =>
        codes[room] = (await client.Rooms.CreateAsync(ct: cancel)).Code);
    await Parallel.ForAsync(0, sockets, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = ct }, async (i, cancel) =>
        devices[i] = await client.JoinAsync(codes[i / roomSize], new RoomConnectionOptions
        {
            Device = new DeviceIdentity($"load-{i:00000000}", $"Load {i}", DeviceKind.Control),
            ProbeInterval = TimeSpan.FromSeconds(30),
        }, cancel));
    Console.WriteLine($"{sockets} devices in {rooms} rooms of {roomSize}, in after {time.GetElapsedTime(began).TotalSeconds:0.0} s; "
        + $"{(server.Memory - bare) / 1024.0 / sockets:0.0} kB of memory each");

    // Each room's first device commands, as fast as it is answered, for as long as is measured; a second before that warms up.
    using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
    var commands = 0L;
    var commanding = Enumerable.Range(0, rooms).Select(room => CommandAsync(devices[room * roomSize], ending.Token)).ToArray();
    await Task.Delay(TimeSpan.FromSeconds(1), time, ct);
    var (states, bytes, sent, cost) = (deliveries.States, deliveries.Bytes, Interlocked.Read(ref commands), server.ProcessorTime);
    began = time.GetTimestamp();
    await Task.Delay(length, time, ct);
    var elapsed = time.GetElapsedTime(began);
    (states, bytes, sent, cost) = (deliveries.States - states, deliveries.Bytes - bytes, Interlocked.Read(ref commands) - sent, server.ProcessorTime - cost);
    await ending.CancelAsync();
    await Task.WhenAll(commanding);
    Console.WriteLine($"{sent / elapsed.TotalSeconds:0} commands a second, {states / elapsed.TotalSeconds:0} states delivered a second, {(double)states / sent:0.0} for each command, "
        + $"{bytes / Math.Max(1, states)} bytes each");
    Console.WriteLine($"server: {cost.TotalSeconds / elapsed.TotalSeconds * 100:0} % of a core; {states / cost.TotalSeconds:0} state deliveries per CPU-second");
    var broken = devices.Count(device => device.Status is not ConnectionStatus.Open);
    Console.WriteLine($"{broken} of {sockets} connections broke");
    return broken == 0 ? 0 : 1;

    async Task CommandAsync(RoomConnection device, CancellationToken cancel)
    {
        try
        {
            // A server takes 100 messages a second from one device: more would be cut off, rightly.
            for (var volume = 0; ; volume = (volume + 1) % 101)
            {
                (await device.SendAsync(new RoomCommand.Volume(volume), cancel)).VersionOrThrow();
                Interlocked.Increment(ref commands);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // Measured enough.
        }
    }

    async Task<WebSocket> ConnectAsync(Uri address, string? token, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, cancel);
        return new CountingSocket(socket, deliveries);
    }
}
