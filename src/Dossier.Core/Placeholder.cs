namespace Dossier.Core;
