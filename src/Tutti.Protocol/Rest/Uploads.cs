namespace Tutti.Protocol.Rest;

/// <summary>The caller's uploads that are under way, and how much room there is.</summary>
/// <param name="Uploads">Those under way.</param>
/// <param name="UsedBytes">Of all uploads, those under way counted whole.</param>
/// <param name="QuotaBytes">Most that all uploads may take.</param>
/// <param name="AccountUsedBytes">Of the caller's uploads, those under way counted whole.</param>
/// <param name="AccountQuotaBytes">Most that the uploads of one account may take.</param>
/// <param name="MaxFileBytes">Most that one file may have.</param>
public sealed record UploadList(IReadOnlyList<UploadDetail> Uploads, long UsedBytes, long QuotaBytes, long AccountUsedBytes, long AccountQuotaBytes, long MaxFileBytes);

/// <summary>An upload.</summary>
/// <param name="Id">By which it goes on.</param>
/// <param name="Name">The file's name.</param>
/// <param name="SizeBytes">Of the whole file.</param>
/// <param name="ModifiedMs">When the sender's file was last changed, ms since the Unix epoch: tells it from another of the same name and size; null: not told.</param>
/// <param name="ReceivedBytes">What the server has of it.</param>
/// <param name="State"><c>receiving</c>, <c>checking</c>, <c>accepted</c> or <c>refused</c>.</param>
/// <param name="TrackId">Once the library has it; null before.</param>
/// <param name="Reason">Why it was refused; null unless it was.</param>
public sealed record UploadDetail(string Id, string Name, long SizeBytes, long? ModifiedMs, long ReceivedBytes, string State, string? TrackId, string? Reason);
