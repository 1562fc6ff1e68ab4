namespace LogAnomaly.Parsing;

/// <summary>The families of programs whose lines are about authentication, privilege, accounts or sessions.</summary>
internal enum AuthProgram
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>OpenSSH's server and its helpers.</summary>
    Sshd,

    /// <summary>sudo.</summary>
    Sudo,

    /// <summary>su and runuser.</summary>
    Su,

    /// <summary>login and other programs on a terminal.</summary>
    Login,

    /// <summary>The programs that change users and groups.</summary>
    Account,

    /// <summary>Programs that run commands at set times.</summary>
    Cron,

    /// <summary>systemd-logind.</summary>
    Logind,

    /// <summary>polkitd and pkexec.</summary>
    Polkit,

    /// <summary>Programs that speak of authentication through PAM only.</summary>
    PamOnly,

    /// <summary>
    /// dropbear, a small ssh server. From here on: servers whose lines are only in part about authentication.
    /// </summary>
    Dropbear,

    /// <summary>vsftpd, an ftp server.</summary>
    Vsftpd,

    /// <summary>proftpd, an ftp server.</summary>
    Proftpd,

    /// <summary>pure-ftpd, an ftp server.</summary>
    PureFtpd,

    /// <summary>dovecot, a server of mailboxes.</summary>
    Dovecot,

    /// <summary>postfix, a mail server.</summary>
    Postfix,

    /// <summary>exim, a mail server.</summary>
    Exim,

    /// <summary>saslauthd and the servers of mailboxes by Cyrus and Courier.</summary>
    Mailbox,

    /// <summary>MySQL, MariaDB and PostgreSQL.</summary>
    Database,

    /// <summary>
    /// Jellyfin, Asterisk, MailScanner, Guacamole and decoys, which tell of whom they refuse in words of their own.
    /// </summary>
    Application,
}
