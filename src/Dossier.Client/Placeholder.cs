namespace Dossier.Client;
