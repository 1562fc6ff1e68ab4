namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the logins among the messages of servers with users of their own. Their other lines are plain system
/// events.
/// </summary>
internal static class ServiceMessages
{
    /// <summary>Action of a login that is not one by ssh.</summary>
    public const string Login = "login";

    /// <summary>Family of a program that is such a server.</summary>
    /// <param name="program">Name of the program.</param>
    /// <returns>The family, or none.</returns>
    public static AuthProgram Family(string program) => program switch
    {
        "dropbear" => AuthProgram.Dropbear,
        "vsftpd" => AuthProgram.Vsftpd,
        "proftpd" => AuthProgram.Proftpd,
        "pure-ftpd" => AuthProgram.PureFtpd,
        "dovecot" or "dovecot-auth" or "imap-login" or "pop3-login" or "managesieve-login" or "submission-login"
            or "auth-worker" => AuthProgram.Dovecot,
        "exim" or "exim4" => AuthProgram.Exim,
        "saslauthd" or "imapd" or "imapd-ssl" or "imaplogin" or "pop3d" or "pop3d-ssl" or "pop3login" or "imap"
            or "imaps" or "pop3" or "pop3s" or "esmtpd" or "courieresmtpd" or "courierpop3login" or "courierimaplogin"
            or "cyrus/imap" or "cyrus/imaps" or "cyrus/pop3" or "cyrus/pop3s" or "cyrus/imapd" or "cyrus/pop3d"
            or "cyrus/sieve" or "sieve" => AuthProgram.Mailbox,
        "mysqld" or "mariadbd" or "mariadb" or "mysql" or "postgres" or "postgresql" => AuthProgram.Database,
        "jellyfin" or "asterisk" or "MailScanner" or "wwsympa" or "sshesame" or "guacamole" or "tomcat" or "tomcat8"
            or "tomcat9" or "tomcat10" or "catalina" => AuthProgram.Application,
        _ => program.StartsWith("postfix", StringComparison.Ordinal) && program.Contains('/', StringComparison.Ordinal)
            ? AuthProgram.Postfix
            : AuthProgram.None,
    };

    /// <summary>Classifies a message of such a server.</summary>
    /// <param name="message">The message.</param>
    /// <param name="family">Family of the program.</param>
    /// <returns>Whether the message is about authentication or access; if not, the event is to be dropped.</returns>
    public static bool TryClassify(in AuthMessage message, AuthProgram family) => !message.Text.IsEmpty && family switch
    {
        AuthProgram.Dropbear => DropbearMessages.TryClassify(message),
        AuthProgram.Vsftpd => VsftpdMessages.TryClassify(message),
        AuthProgram.Proftpd => ProftpdMessages.TryClassify(message),
        AuthProgram.PureFtpd => PureFtpdMessages.TryClassify(message),
        AuthProgram.Dovecot => DovecotMessages.TryClassify(message),
        AuthProgram.Postfix => PostfixMessages.TryClassify(message),
        AuthProgram.Exim => EximMessages.TryClassify(message),
        AuthProgram.Mailbox => MailboxMessages.TryClassify(message),
        AuthProgram.Database => DatabaseMessages.TryClassify(message),
        AuthProgram.Application => ApplicationMessages.TryClassify(message),
        _ => false,
    };
}
