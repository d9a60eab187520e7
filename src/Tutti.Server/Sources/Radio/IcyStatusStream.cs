namespace Tutti.Server.Sources.Radio;

/// <summary>
/// A connection whose answer may begin with <c>ICY 200 OK</c>, as SHOUTcast's does: HTTP in all but its first word, which is read as <c>HTTP/1.0</c>.
/// Everything else goes through untouched.
/// </summary>
internal sealed class IcyStatusStream(Stream connection) : Stream
{
    private Memory<byte> _begin;
    private bool _hasBegun;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct = default)
    {
        // A reader that asks for nothing waits for something to be there; the first bytes are looked at before it is told.
        if (!_hasBegun)
        {
            _begin = await BeginAsync(ct);
            _hasBegun = true;
        }
        if (_begin.IsEmpty)
        {
            return await connection.ReadAsync(buffer, ct);
        }
        var count = Math.Min(buffer.Length, _begin.Length);
        _begin[..count].CopyTo(buffer);
        _begin = _begin[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken ct) => ReadAsync(buffer.AsMemory(offset, count), ct).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only read asynchronously.");

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken ct = default) => connection.WriteAsync(buffer, ct);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken ct) => connection.WriteAsync(buffer, offset, count, ct);

    public override void Write(byte[] buffer, int offset, int count) => connection.Write(buffer, offset, count);

    public override Task FlushAsync(CancellationToken ct) => connection.FlushAsync(ct);

    public override void Flush() => connection.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connection.Dispose();
        }
        base.Dispose(disposing);
    }

    private async Task<Memory<byte>> BeginAsync(CancellationToken ct)
    {
        var first = new byte[4];
        var read = await connection.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, ct);
        return read == first.Length && first.AsSpan().SequenceEqual("ICY "u8) ? "HTTP/1.0 "u8.ToArray() : first.AsMemory(0, read);
    }
}
