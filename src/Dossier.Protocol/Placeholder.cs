namespace Dossier.Protocol;
