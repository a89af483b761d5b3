namespace Dossier.Server;
