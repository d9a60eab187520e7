using System.Runtime.InteropServices;
using System.Text;

namespace Tutti.TagReader;

/// <summary>
/// FFmpeg's reader of containers, called in this process (ffmpeg.org/doxygen, "Demuxing"). Only containers of music are opened, and only files: a
/// file that calls itself music and is a list of other places leads nowhere.
/// </summary>
internal sealed unsafe class LibAvFormat
{
    private const int LogQuiet = -8;
    private const int IgnoreSuffix = 2;
    private const int TypeVideo = 0;
    private const int TypeAudio = 1;
    private const long NoValue = long.MinValue;
    private const int MaxStreams = 64;
    private const int MaxPictureBytes = 64 << 20;

    // EINVAL, negated: what it is is on no list of what is opened.
    private const int NotListed = -22;

    private readonly FormatLayout _layout;
    private readonly delegate* unmanaged<void**, byte*, void*, void**, int> _openInput;
    private readonly delegate* unmanaged<byte*, void*> _findInputFormat;
    private readonly delegate* unmanaged<void*, void**, int> _findStreamInfo;
    private readonly delegate* unmanaged<void**, void> _closeInput;
    private readonly delegate* unmanaged<void*, byte*, void*, int, void*> _dictGet;
    private readonly delegate* unmanaged<void**, byte*, byte*, int, int> _dictSet;
    private readonly delegate* unmanaged<void**, void> _dictFree;
    private readonly delegate* unmanaged<int, byte*, nuint, int> _errorText;
    private readonly delegate* unmanaged<int, byte*> _codecName;

    private LibAvFormat(nint library, FormatLayout layout)
    {
        _layout = layout;
        // What lies in the libraries that this one needs is found through it.
        _openInput = (delegate* unmanaged<void**, byte*, void*, void**, int>)NativeLibrary.GetExport(library, "avformat_open_input");
        _findInputFormat = (delegate* unmanaged<byte*, void*>)NativeLibrary.GetExport(library, "av_find_input_format");
        _findStreamInfo = (delegate* unmanaged<void*, void**, int>)NativeLibrary.GetExport(library, "avformat_find_stream_info");
        _closeInput = (delegate* unmanaged<void**, void>)NativeLibrary.GetExport(library, "avformat_close_input");
        _dictGet = (delegate* unmanaged<void*, byte*, void*, int, void*>)NativeLibrary.GetExport(library, "av_dict_get");
        _dictSet = (delegate* unmanaged<void**, byte*, byte*, int, int>)NativeLibrary.GetExport(library, "av_dict_set");
        _dictFree = (delegate* unmanaged<void**, void>)NativeLibrary.GetExport(library, "av_dict_free");
        _errorText = (delegate* unmanaged<int, byte*, nuint, int>)NativeLibrary.GetExport(library, "av_strerror");
        _codecName = (delegate* unmanaged<int, byte*>)NativeLibrary.GetExport(library, "avcodec_get_name");
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "av_log_set_level"))(LogQuiet);
    }

    /// <summary>The newest version that is installed and known here, or why there is none.</summary>
    public static (LibAvFormat? Library, string Refusal) Load()
    {
        if (!Environment.Is64BitProcess || OperatingSystem.IsWindows())
        {
            return (null, "libavformat is read on 64-bit Linux and macOS only");
        }
        foreach (var layout in FormatLayout.All)
        {
            var name = OperatingSystem.IsMacOS() ? $"libavformat.{layout.Major}.dylib" : $"libavformat.so.{layout.Major}";
            if (NativeLibrary.TryLoad(name, out var library))
            {
                try
                {
                    return (new LibAvFormat(library, layout), "");
                }
                catch (EntryPointNotFoundException error)
                {
                    return (null, error.Message);
                }
            }
        }
        return (null, "no libavformat of a known version is installed");
    }

    /// <summary>Reads one file.</summary>
    public RawReading Read(string path) => Read(path, FileStart.Of(path));

    /// <param name="start">What is known of the file before; nothing: the library finds all out by itself.</param>
    public RawReading Read(string path, FileStart start)
    {
        if (start.IsZeros)
        {
            return new RawReading.Unreadable("it begins with nothing but zeros");
        }
        void* format = null;
        try
        {
            var opened = Open(&format, path, start.Format);
            if (opened < 0 && start.Format is not null)
            {
                opened = Open(&format, path, null);
            }
            return opened < 0 ? new RawReading.Unreadable(opened == NotListed ? "it is no kind of music file" : Reason(opened)) : Describe(format, start);
        }
        finally
        {
            if (format is not null)
            {
                _closeInput(&format);
            }
        }
    }

    /// <param name="name">What it is known to be; null: the library finds out.</param>
    private int Open(void** format, string path, string? name)
    {
        void* options = null;
        try
        {
            Set(&options, "format_whitelist"u8, MusicFormats.Names);
            Set(&options, "protocol_whitelist"u8, "file");
            fixed (byte* url = Encoding.UTF8.GetBytes($"file:{path}\0"))
            {
                return _openInput(format, url, name is null ? null : FormatOf(name), &options);
            }
        }
        finally
        {
            _dictFree(&options);
        }
    }

    private void* FormatOf(string name)
    {
        fixed (byte* text = Encoding.ASCII.GetBytes(name + '\0'))
        {
            return _findInputFormat(text);
        }
    }

    private RawReading Describe(void* format, FileStart start)
    {
        var audio = FirstAudio(format);
        // Where the headers say it all, no sound need be read.
        if (audio is null || Known(_layout.Channels, start.Channels) <= 0 || Known(_layout.SampleRate, start.SampleRate) <= 0 || StreamMicros(audio) <= 0)
        {
            var found = _findStreamInfo(format, null);
            audio = FirstAudio(format);
            if (found < 0 || audio is null || Int(CodecPar(audio), _layout.SampleRate) <= 0)
            {
                return new RawReading.Unreadable(found < 0 ? Reason(found) : "there is no sound in it");
            }
        }
        var whole = Long(format, _layout.Duration);
        var micros = whole is > 0 and < long.MaxValue / 2 ? whole : Math.Max(StreamMicros(audio), 0);
        var bits = Long(format, _layout.BitRate);
        var tags = new List<KeyValuePair<string, string>>();
        Collect(Pointer(format, _layout.Metadata), tags);
        Collect(Pointer(audio, _layout.StreamMetadata), tags);
        if (start.RecordingId is { Length: > 0 } recording)
        {
            tags.Add(KeyValuePair.Create(Id3RecordingId.TagName, recording));
        }
        return new RawReading.Sound(
            micros,
            Math.Clamp(Known(_layout.Channels, start.Channels), 0, 1024),
            Known(_layout.SampleRate, start.SampleRate),
            bits > 0 ? bits : micros > 0 ? (long)(start.SizeBytes * 8e6 / micros) : 0,
            Marshal.PtrToStringUTF8((nint)_codecName(Int(CodecPar(audio), FormatLayout.CodecId))) ?? "",
            Picture(format),
            tags);

        // What the library says, or what the first header said where it has not looked.
        int Known(int offset, int fromStart) => Int(CodecPar(audio), offset) is > 0 and var said ? said : fromStart;
    }

    private void* FirstAudio(void* format)
    {
        for (var i = 0; i < StreamCount(format); i++)
        {
            var stream = Stream(format, i);
            if (Int(CodecPar(stream), FormatLayout.CodecType) == TypeAudio)
            {
                return stream;
            }
        }
        return null;
    }

    private string Picture(void* format)
    {
        for (var i = 0; i < StreamCount(format); i++)
        {
            var stream = Stream(format, i);
            var packet = (byte*)stream + _layout.StreamPicture;
            if (Int(CodecPar(stream), FormatLayout.CodecType) == TypeVideo && Int(packet, FormatLayout.PacketSize) is > 0 and <= MaxPictureBytes and var size
                && Pointer(packet, FormatLayout.PacketData) is var data && data is not null)
            {
                return PictureHash.Of(new ReadOnlySpan<byte>(data, size));
            }
        }
        return "";
    }

    private long StreamMicros(void* stream)
    {
        var ticks = Long(stream, _layout.StreamDuration);
        var (numerator, denominator) = (Int(stream, _layout.StreamTimeBase), Int(stream, _layout.StreamTimeBase + 4));
        return ticks is NoValue or <= 0 || numerator <= 0 || denominator <= 0 ? 0 : (long)Math.Min((double)ticks * numerator / denominator * 1e6, 1e15);
    }

    private void Collect(void* dictionary, List<KeyValuePair<string, string>> tags)
    {
        byte nothing = 0;
        for (void* entry = null; (entry = _dictGet(dictionary, &nothing, entry, IgnoreSuffix)) is not null;)
        {
            var (name, value) = (((nint*)entry)[0], ((nint*)entry)[1]);
            tags.Add(KeyValuePair.Create(Marshal.PtrToStringUTF8(name) ?? "", Marshal.PtrToStringUTF8(value) ?? ""));
        }
    }

    private void Set(void** dictionary, ReadOnlySpan<byte> name, string value)
    {
        fixed (byte* key = name, text = Encoding.UTF8.GetBytes(value + '\0'))
        {
            _ = _dictSet(dictionary, key, text, 0);
        }
    }

    private string Reason(int error)
    {
        var text = stackalloc byte[256];
        return _errorText(error, text, 256) == 0 && Marshal.PtrToStringUTF8((nint)text) is { Length: > 0 } reason ? reason : $"error {error}";
    }

    private int StreamCount(void* format) => Math.Clamp(Int(format, _layout.NbStreams), 0, MaxStreams);

    private void* Stream(void* format, int index) => ((void**)Pointer(format, _layout.Streams))[index];

    private void* CodecPar(void* stream) => Pointer(stream, _layout.StreamCodecPar);

    private static void* Pointer(void* owner, int offset) => *(void**)((byte*)owner + offset);

    private static int Int(void* owner, int offset) => *(int*)((byte*)owner + offset);

    private static long Long(void* owner, int offset) => *(long*)((byte*)owner + offset);
}
