namespace Tutti.Client.Rest;

// None of these prints what is in it: passwords stay out of logs and exceptions.
internal sealed record SignInBody(string Name, string Password, string? Code = null, string? Link = null, string Session = "bearer")
{
    public override string ToString() => "…";
}

internal sealed record PasswordBody(string Password, string? NewPassword = null)
{
    public override string ToString() => "…";
}

internal sealed record ResetBody(string Link, string Password, string Session = "bearer")
{
    public override string ToString() => "…";
}

internal sealed record RightsBody(bool MayUpload);

internal sealed record CreateTokenBody(string Name, int? Days);
