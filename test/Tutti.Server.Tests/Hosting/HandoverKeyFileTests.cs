using Tutti.Server.Hosting;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Hosting;

public sealed class HandoverKeyFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tutti-key").FullName;

    private string File => Path.Combine(_folder, "data", HandoverKeyFile.FileName);

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public void The_key_is_made_once_and_only_this_user_may_read_it()
    {
        HandoverKeyFile.ReadOrCreate(new DataFolder(Data));
        var first = System.IO.File.ReadAllBytes(File);
        HandoverKeyFile.ReadOrCreate(new DataFolder(Data));
        Assert.Equal(first, System.IO.File.ReadAllBytes(File));
        Assert.Equal(HandoverKey.Bytes, first.Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public void A_damaged_key_is_not_replaced_in_silence()
    {
        Directory.CreateDirectory(Data);
        System.IO.File.WriteAllText(File, "short");
        Assert.Contains(HandoverKeyFile.FileName, Assert.Throws<DataFolderException>(() => HandoverKeyFile.ReadOrCreate(new DataFolder(Data))).Message);
    }

    [Fact]
    public void A_data_folder_that_cannot_be_made_is_named()
    {
        System.IO.File.WriteAllText(Data, "a file in its place");
        Assert.Contains(Data, Assert.Throws<DataFolderException>(() => HandoverKeyFile.ReadOrCreate(new DataFolder(Data))).Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
