namespace Tutti.TagReader;

/// <summary>The containers that are opened, by FFmpeg's names. Others, lists of places among them, are no music whatever they call themselves.</summary>
public static class MusicFormats
{
    public const string Names =
        "aac,ac3,aiff,amr,ape,asf,au,caf,dsf,dts,dtshd,eac3,flac,iff,libmodplug,libopenmpt,matroska,webm,mov,mp4,m4a,3gp,mp3,mpc,mpc8,ogg,tak,truehd,tta,w64,wav,wv";
}
